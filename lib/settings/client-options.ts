/** Options of an SDK client: a Region that does not answer is given up before the function's time is over. */
export const CLIENT = { maxAttempts: 2, requestHandler: { connectionTimeout: 3000, socketTimeout: 5000 } };

/** Options of a client of a Region, or of the home Region where it is empty. */
export const clientOf = (region: string) => ({ ...CLIENT, region: region || process.env['AWS_REGION'] });
