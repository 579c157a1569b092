/** What of the library is used. It is large, so this file is loaded when somebody uses a passkey. */
export { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
export { decodeAttestationObject, isoBase64URL, isoCBOR } from '@simplewebauthn/server/helpers'
