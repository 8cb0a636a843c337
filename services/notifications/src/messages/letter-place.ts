/** Where the letter of a message lies encrypted. */
export const letterPlace = (messageId: string) => ({ table: 'message', column: 'content', rowId: messageId });
