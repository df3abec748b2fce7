namespace Parley.Server.Waiting;

/// <summary>Why there is no answer, in words.</summary>
internal sealed record WaitingError(string Error);
