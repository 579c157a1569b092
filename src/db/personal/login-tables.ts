import type {
  authorizationCodeTable,
  failureTable,
  linkedIdentityTable,
  mailTable,
  mailTokenTable,
  passkeyTable,
  quotaTable,
  revokedTokenTable,
  sessionTable,
  sessionTokenTable,
  signedOutTable,
  signingKeyTable,
  spentProofTable,
} from '#db/schema'
import type { Holding } from './holding.ts'

const session: Holding<typeof sessionTable> = {
  why: 'Logins, with the place and the browser, so that shoppers can recognize and end sessions that strangers opened',
  basis: 'contract',
  kept: 'session',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'sessions',
  erased: 'delete',
  columns: {
    tenant: 'none',
    id: 'none',
    customerId: 'none',
    clientId: 'none',
    refreshHash: 'credential',
    provenAt: 'none',
    isBound: 'none',
    rotatedAt: 'none',
    providerRefresh: 'credential',
    renewingUntil: 'none',
    userAgent: 'text',
    address: 'ip',
    createdAt: 'none',
    lastUsedAt: 'none',
    expiresAt: 'none',
  },
}

const authorizationCode: Holding<typeof authorizationCodeTable> = {
  why: 'Logins on the login page, until a client exchanges them for a session',
  basis: 'contract',
  kept: 'code',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'authorizationCodes',
  erased: 'delete',
  columns: {
    tenant: 'none',
    hash: 'credential',
    clientId: 'none',
    redirectUri: 'none',
    challenge: 'credential',
    customerId: 'none',
    provenAt: 'none',
    userAgent: 'text',
    address: 'ip',
    providerTokens: 'credential',
    sessionId: 'none',
    createdAt: 'none',
    expiresAt: 'none',
  },
}

const sessionToken: Holding<typeof sessionTokenTable> = {
  why: 'The session of each access token of another issuer',
  basis: 'contract',
  kept: 'session',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'sessionTokens',
  erased: 'follow',
  columns: {
    tenant: 'none',
    hash: 'credential',
    sessionId: 'none',
    customerId: 'none',
    issuedAt: 'none',
    expiresAt: 'none',
  },
}

const passkey: Holding<typeof passkeyTable> = {
  why: 'Passkeys: the public keys by which shoppers log in, with the names that the shoppers gave to the keys',
  basis: 'contract',
  kept: 'account',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'passkeys',
  erased: 'delete',
  columns: {
    tenant: 'none',
    id: 'none',
    customerId: 'none',
    credentialId: 'credential',
    publicKey: 'credential',
    counter: 'none',
    transports: 'none',
    deviceType: 'none',
    backedUp: 'none',
    rpId: 'none',
    aaguid: 'none',
    userHandle: 'credential',
    name: 'text',
    createdAt: 'none',
    lastUsedAt: 'none',
  },
}

const linkedIdentity: Holding<typeof linkedIdentityTable> = {
  why: 'Identities at other providers by which shoppers log in, as hashes',
  basis: 'contract',
  kept: 'account',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'linkedIdentities',
  erased: 'delete',
  columns: {
    tenant: 'none',
    identity: 'credential',
    customerId: 'none',
    provider: 'none',
    createdAt: 'none',
    lastUsedAt: 'none',
  },
}

const signedOut: Holding<typeof signedOutTable> = {
  why: 'The time when a session last ended, so that an older token opens no new session',
  basis: 'legitimate interest',
  kept: 'session',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'signOuts',
  erased: 'keep',
  columns: { tenant: 'none', customerId: 'none', at: 'none' },
}

const failure: Holding<typeof failureTable> = {
  why: 'Counts of failed logins, under keyed hashes, against guessed passwords',
  basis: 'legitimate interest',
  kept: 'failure',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'failedLogins',
  erased: 'delete',
  columns: {
    tenant: 'none',
    key: 'none',
    customerId: 'none',
    count: 'none',
    lastAt: 'none',
    blockedUntil: 'none',
    alarm: 'none',
    clientId: 'none',
    isUntold: 'none',
  },
}

const mail: Holding<typeof mailTable> = {
  why: 'Mails that wait to be sent',
  basis: 'contract',
  kept: 'mail',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'mails',
  erased: 'delete',
  columns: {
    tenant: 'none',
    id: 'none',
    template: 'none',
    recipient: 'email',
    locale: 'text',
    customerId: 'none',
    tokenId: 'none',
    provider: 'none',
    createdAt: 'none',
  },
}

const mailToken: Holding<typeof mailTokenTable> = {
  why: 'Valid links and codes in mails',
  basis: 'contract',
  kept: 'link',
  owner: { by: 'customer', columns: ['subject'], email: 'emailKey' },
  exported: 'links',
  erased: 'delete',
  columns: {
    tenant: 'none',
    id: 'none',
    purpose: 'none',
    subject: 'none',
    changeId: 'none',
    emailKey: 'email',
    hash: 'credential',
    createdAt: 'none',
    expiresAt: 'none',
  },
}

const quota: Holding<typeof quotaTable> = {
  why: 'Counts of the mails and rows that strangers cause in an hour, under keyed hashes',
  basis: 'legitimate interest',
  kept: 'quota',
  owner: { by: 'nobody', columns: [] },
  exported: null,
  erased: 'keep',
  columns: {
    tenant: 'none',
    key: 'none',
    since: 'none',
    count: 'none',
    lastAt: 'none',
    alarm: 'none',
    isUntold: 'none',
  },
}

const revokedToken: Holding<typeof revokedTokenTable> = {
  why: 'Access tokens of services that were revoked before their end',
  basis: 'legitimate interest',
  kept: 'session',
  owner: { by: 'nobody', columns: [] },
  exported: null,
  erased: 'keep',
  columns: { tenant: 'none', id: 'none', expiresAt: 'none' },
}

const spentProof: Holding<typeof spentProofTable> = {
  why: 'Proofs that were used once, so that they cannot be used again',
  basis: 'legitimate interest',
  kept: 'session',
  owner: { by: 'nobody', columns: [] },
  exported: null,
  erased: 'keep',
  columns: { tenant: 'none', hash: 'none', expiresAt: 'none' },
}

const signingKey: Holding<typeof signingKeyTable> = {
  why: 'The keys that sign access tokens. The private half is encrypted',
  basis: 'legitimate interest',
  kept: 'operation',
  owner: { by: 'nobody', columns: [] },
  exported: null,
  erased: 'keep',
  columns: {
    id: 'none',
    publicJwk: 'none',
    privateKey: 'credential',
    signsFrom: 'none',
    createdAt: 'none',
    expiresAt: 'none',
  },
}

/** What logins, mails and limits keep. */
export const loginTables = {
  session,
  authorizationCode,
  sessionToken,
  passkey,
  linkedIdentity,
  signedOut,
  failure,
  mail,
  mailToken,
  quota,
  revokedToken,
  spentProof,
  signingKey,
}
