/** Characters of a file that a screen hands over in one order: a list of 50,000 tasks, a plan of 250,000 names. */
export const MOST_FILE_CHARACTERS = 16_000_000;

/** Bytes of one message from a screen: such a file, three bytes a character, and what stands around it. Longer ones close the door. */
export const MOST_MESSAGE_BYTES = 3 * MOST_FILE_CHARACTERS + 1_000_000;
