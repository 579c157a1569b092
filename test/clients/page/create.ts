import { Commerce } from '@hanzo/commerce'

const commerce = new Commerce({
  baseUrl: 'http://localhost:8787',
  clientId: 'dev',
  clientSecret: 'dev',
})

const customer = await commerce.customers.create({
  email: 'jane@example.com',
  firstName: 'Jane',
  lastName: 'Doe',
  password: 'secure-password',
})
console.log(JSON.stringify(customer))
