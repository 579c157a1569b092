/** The used parts of the WebAuthn library. The library is large, so this file is loaded only when somebody uses a passkey. */
export { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
export { decodeAttestationObject, isoBase64URL, isoCBOR } from '@simplewebauthn/server/helpers'
