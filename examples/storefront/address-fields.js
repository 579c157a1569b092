/** Where this shop sells to. */
const countries = [
  ['US', 'United States'],
  ['AU', 'Australia'],
  ['BR', 'Brazil'],
  ['CA', 'Canada'],
  ['FR', 'France'],
  ['DE', 'Germany'],
  ['JP', 'Japan'],
  ['ES', 'Spain'],
  ['GB', 'United Kingdom'],
]

/** Some countries need a state and a postal code, others have none. The service knows, and says so. */
export const fields = [
  { name: 'line1', label: 'Street', autocomplete: 'address-line1' },
  { name: 'city', label: 'City', autocomplete: 'address-level2' },
  { name: 'state', label: 'State', autocomplete: 'address-level1', required: false },
  { name: 'postalCode', label: 'Postal code', autocomplete: 'postal-code', required: false },
  { name: 'country', label: 'Country', autocomplete: 'country', options: countries },
]

/** The address that was typed. A field that was emptied is cleared. */
export const addressWith = (input) =>
  Object.fromEntries(fields.map(({ name }) => [name, input[name] ?? null]))
