namespace Parley.Server.Admin;

public sealed record TokenRevoked(string TokenId);
