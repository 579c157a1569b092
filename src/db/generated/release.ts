/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '76b19678bc3f8640'
