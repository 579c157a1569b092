import { Buffer } from 'node:buffer'

/** A secret of a test, which looks as if it was drawn. */
export const SECRET = 'qT7-vanishing-Otter-38-must-not-show'

/** The settings and secrets of a store that production starts with. */
export const settings = {
  PUBLIC_URL: 'https://customer.example',
  DATABASE_URL: 'postgresql://shop:Kx4wQz81LmPt@db-pooler.example/customer?sslmode=require',
  MASTER_SECRET: Buffer.from('k0Jx8-Wd2!vQmR7#tZ5yLp1@bN9cF4hG').toString('base64'),
  CLIENT_SECRETS: JSON.stringify({ shop: { backend: [SECRET] } }),
  customer: {},
  tenants: {
    shop: {
      shopName: 'Shop',
      shopUrl: 'https://shop.example',
      currency: 'USD',
      clients: { backend: { scopes: ['customer:read'] } },
    },
  },
}
