namespace Parley.Client;

/// <summary>What every error of this library that is not about a wrong argument derives from.</summary>
public class ParleyException : Exception
{
    /// <summary>An error with its text and, if another caused it, that one.</summary>
    public ParleyException(string message, Exception? inner = null) : base(message, inner) { }
}
