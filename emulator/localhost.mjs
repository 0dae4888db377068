// Loaded by every function of the emulated account, and by every program that runs against it. S3 Control
// adds the account ID to the host name, and not every system resolves names below `localhost`, which RFC 6761
// reserves for this machine.
import dns from 'node:dns';

const lookup = dns.lookup;

dns.lookup = (hostname, ...rest) => lookup(hostname.endsWith('.localhost') ? '127.0.0.1' : hostname, ...rest);
