/** PostgreSQL's text holds no NUL, and what cannot be put away would come again for ever. */
export const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');
