/** Where the service is, and the shop's client. `npm start` serves its own values in place of this file. */
export const settings = {
  service: 'http://localhost:8787',
  clientId: 'storefront',
  // A storefront client may do nothing that is not safe for everybody, so its secret may be in the page.
  clientSecret: 'storefront',
}
