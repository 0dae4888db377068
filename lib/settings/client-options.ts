/** Options of SDK clients. A Region that does not respond fails before the function times out. */
export const CLIENT = { maxAttempts: 2, requestHandler: { connectionTimeout: 3000, socketTimeout: 5000 } };

/** Options of a client for a Region; an empty name means the home Region. */
export const clientOf = (region: string) => ({ ...CLIENT, region: region || process.env['AWS_REGION'] });
