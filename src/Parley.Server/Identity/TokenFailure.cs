namespace Parley.Server.Identity;

/// <summary>Why a consumer token is not accepted.</summary>
public enum TokenFailure : byte { None, Malformed, BadSignature, Expired, NotYetValid, WrongAccount, Revoked }
