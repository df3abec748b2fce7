namespace Parley.Client;

/// <summary>Where to connect and what to say there; the token travels in a header, never in the address.</summary>
internal sealed record Upgrade(Uri Address, string Authorization);
