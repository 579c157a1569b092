/** The most valid codes of one address. Beyond this number, mails have a link instead, which cannot be guessed. */
export const MAX_LIVE_CODES = 5
/** The wrong codes of an address in a day, and of a shop in an hour, from which on mails have links instead of codes. */
export const MAX_WRONG_CODES_OF_ADDRESS = 20
export const MAX_WRONG_CODES_OF_TENANT = 1000
