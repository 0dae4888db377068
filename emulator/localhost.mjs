// Loaded by every function of the emulated account, and by every program that is run against it. S3 Control puts the account id before the host name of its endpoint,
// and not every system resolves names below `localhost`, which are this machine by RFC 6761.
import dns from 'node:dns';

const lookup = dns.lookup;

dns.lookup = (hostname, ...rest) => lookup(hostname.endsWith('.localhost') ? '127.0.0.1' : hostname, ...rest);
