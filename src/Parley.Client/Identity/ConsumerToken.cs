using System.Buffers.Text;
using System.Text.Json;

namespace Parley.Client;

/// <summary>Getting a consumer's token and reading whose it is.</summary>
internal static class ConsumerToken
{
    public static async Task<string> SignUpAsync(HttpMessageInvoker http, ParleyEndpoints endpoints, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoints.IdentityApi("signup"));
        using HttpResponseMessage response = await http.ExchangeAsync(request, cancellation).ConfigureAwait(false);
        JsonElement body = await response.BodyAsync(cancellation).ConfigureAwait(false);
        return body.Text("jwt") ?? throw new ParleyConnectException("The signup answer has no jwt.", response.StatusCode);
    }

    /// <summary>The claim <c>sub</c>. The signature is the server's business.</summary>
    /// <exception cref="FormatException">The text is no JWT, or has no subject.</exception>
    public static string Subject(string jwt)
    {
        string[] parts = jwt.Split('.');
        try
        {
            if (parts.Length == 3 && JsonElement.Parse(Base64Url.DecodeFromChars(parts[1])).Text("sub") is { } subject) return subject;
        }
        catch (JsonException)
        {
            // Falls through to the same complaint.
        }
        throw new FormatException("The text is not a consumer token.");
    }
}
