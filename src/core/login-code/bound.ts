/** The most live codes of one address: beyond it, a mail has a link, which cannot be guessed. */
export const MOST_LIVE = 5
/** Wrong codes of an address in a day, and of a shop in an hour: then its mails have links. */
export const WRONG_OF_ADDRESS = 20
export const WRONG_OF_TENANT = 1000
