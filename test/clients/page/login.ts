import { Commerce } from '@hanzo/commerce'

const commerce = new Commerce({
  baseUrl: 'http://localhost:8787',
  clientId: 'dev',
  clientSecret: 'dev',
})

const session = await commerce.auth.login({
  email: 'jane@example.com',
  password: 'secure-password',
})
commerce.setToken(session.accessToken)
console.log(JSON.stringify(await commerce.auth.me()))
