namespace Parley.Server.Identity;

/// <summary>The body of refresh and logout (protocol 5.2).</summary>
internal sealed record CsrfBody(string? Csrf);
