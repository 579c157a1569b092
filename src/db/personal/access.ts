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
  why: 'Logins, with the place and the browser, so that a shopper can end what is not theirs',
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
  why: 'Logins on the page of this service that a client exchanges for a session',
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
  why: 'Which session an access token of another issuer belongs to',
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
  why: 'Passkeys: the public keys by which shoppers log in, with the names that they gave them',
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
  why: 'When a session last ended, so that an older token opens no new one',
  basis: 'legitimate interest',
  kept: 'session',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'signOuts',
  erased: 'keep',
  columns: { tenant: 'none', customerId: 'none', at: 'none' },
}

const failure: Holding<typeof failureTable> = {
  why: 'Failed logins, counted under keyed hashes, so that nobody can try all passwords',
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
  why: 'Mails that are still to be sent',
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
  why: 'Links and codes in mails that still work',
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
  why: 'How much strangers have caused in an hour, under keyed hashes',
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
  why: 'Proofs that were used once, so that nobody uses them again',
  basis: 'legitimate interest',
  kept: 'session',
  owner: { by: 'nobody', columns: [] },
  exported: null,
  erased: 'keep',
  columns: { tenant: 'none', hash: 'none', expiresAt: 'none' },
}

const signingKey: Holding<typeof signingKeyTable> = {
  why: 'The keys that sign access tokens; the private half is encrypted',
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
export const access = {
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
