namespace Parley.Server.Identity;

/// <summary>What an operator asked for makes no sense; the message says why, in words for him.</summary>
public sealed class RefusedException(string message, bool isConflict = false) : Exception(message)
{
    /// <summary>Whether it would make sense if something else were not there.</summary>
    public bool IsConflict => isConflict;
}
