/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '5d8725f508671575'
