namespace Parley.Server.Admin.Api;

/// <summary>Why something was not done.</summary>
/// <param name="Error">In words.</param>
public sealed record AdminError(string Error);
