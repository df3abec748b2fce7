namespace Parley.Server.Identity;

/// <summary>What an operator asked for makes no sense; the message says why, in words for him.</summary>
public sealed class RefusedException(string message) : Exception(message);
