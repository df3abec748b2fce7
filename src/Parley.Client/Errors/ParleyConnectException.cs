using System.Net;

namespace Parley.Client;

/// <summary>A host could not be reached, was not trusted, or answered with an error before any request could be sent.</summary>
public sealed class ParleyConnectException : ParleyException
{
    /// <summary>An error with the status the server answered with, if it answered.</summary>
    public ParleyConnectException(string message, HttpStatusCode? status, Exception? inner = null) : base(message, inner) => Status = status;

    /// <summary>The HTTP status of the refusal; null when there was no answer.</summary>
    public HttpStatusCode? Status { get; }
}
