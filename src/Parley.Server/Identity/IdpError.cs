using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Parley.Server.Hosting;

namespace Parley.Server.Identity;

/// <summary>The error body of the idp endpoints (protocol 4.5); <see cref="IdpErrors"/> has them all.</summary>
/// <param name="InternalErrorCode">What clients look at.</param>
/// <param name="Message">For people.</param>
/// <param name="Status">The answer's HTTP status.</param>
internal sealed record IdpError(int InternalErrorCode, string Message, [property: JsonIgnore] int Status)
{
    /// <summary>
    /// Whether somebody may be guessing. Not when the connector or its provider fails, when the account takes nobody, or
    /// when what was brought is merely too old: signatures are looked at before times.
    /// </summary>
    [JsonIgnore]
    public bool MayBeGuess =>
        Status is StatusCodes.Status400BadRequest or StatusCodes.Status401Unauthorized or StatusCodes.Status404NotFound
        && this != IdpErrors.Expired && this != IdpErrors.NoLongerRenewable;

    public Task AnswerAsync(HttpContext context)
    {
        if (Status == StatusCodes.Status429TooManyRequests) context.Response.Headers.RetryAfter = "5";
        return context.AnswerAsync(Status, this, IdentityJson.Default.IdpError);
    }
}
