/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '32a91d034325bfd5'
