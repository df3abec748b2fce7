namespace Parley.Server.Admin;

/// <param name="Error">In words for the operator.</param>
public sealed record OperatorError(string Error);
