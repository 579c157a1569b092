/** An address in San Francisco. */
export const street = (line1: string) => ({
  line1,
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
})
