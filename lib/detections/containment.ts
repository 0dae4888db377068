/** The first step of containment wherever the caller may hold stolen credentials. */
export const STOP_THE_CALLER =
  'Stop the caller. For an IAM user, deny all access first, because open sessions outlive a deactivated key and a deleted password; then deactivate its access keys and delete its console password. For a role, revoke its sessions.';
