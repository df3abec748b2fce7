namespace Parley.Client;

/// <summary>The server refuses this identity (401, or close code 4401 or 4407), and there is nothing left to renew it with. The client has given up.</summary>
public sealed class ParleyAuthenticationException : ParleyException
{
    /// <summary>An error with its text and cause.</summary>
    public ParleyAuthenticationException(string message, Exception? inner = null) : base(message, inner) { }
}
