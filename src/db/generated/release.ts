/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'e876edd263ec163d'
