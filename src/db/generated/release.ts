/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'b91d0201d7ff43ea'
