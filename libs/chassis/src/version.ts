/** Version of the release: one for the whole repository. */
export const version = '0.1.0';
