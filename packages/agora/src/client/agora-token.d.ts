/** The part of Agora's package that builds and reads tokens. Its own types cover only builders with a random salt. */
declare module 'agora-token/src/AccessToken2.js' {
  export class ServiceRtc {
    static readonly kPrivilegeJoinChannel: number;
    /** By privilege: seconds from issueTs on; 0 for the whole time of the token. */
    readonly __privileges: Readonly<Record<number, number>>;
    /** Bytes of a token that was read. */
    readonly __channel_name: string | Buffer;
    readonly __uid: string | Buffer;
    constructor(channel: string, uid: string);
    add_privilege(privilege: number, seconds: number): void;
  }

  export class AccessToken2 {
    /** Bytes of a token that was read. */
    appId: string | Buffer;
    /** Unix seconds. */
    issueTs: number;
    /** Seconds from issueTs on. */
    expire: number;
    salt: number;
    constructor(appId: string, certificate: string, issueTs: number, expire: number);
    add_service(service: ServiceRtc): void;
    getServices(type: typeof kRtcServiceType): ServiceRtc[];
    /** Empty if an App ID or certificate is not 32 hexadecimal digits. */
    build(): string;
    /** Whether it is a token of this version. */
    from_string(token: string): boolean;
    /** Of a token that was read. */
    verifySignature(certificate: string): boolean;
  }

  export const kRtcServiceType: 1;
}

/** Its builder of tokens of the version 006. */
declare module 'agora-token/src/AccessToken.js' {
  export class AccessToken {
    /** When it ends, Unix seconds. */
    ts: number;
    constructor(appId: string, certificate: string, channel: string, uid: string);
    /** `until`: Unix seconds; 0 for the whole time of the token. */
    addPriviledge(privilege: number, until: number): void;
    build(): string;
  }
}
