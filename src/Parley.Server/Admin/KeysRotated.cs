namespace Parley.Server.Admin;

/// <param name="KeyId">Of the key now in use.</param>
public sealed record KeysRotated(string KeyId);
