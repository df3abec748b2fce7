using System.Net.Http.Headers;
using System.Text.Json;

namespace Parley.Client;

/// <summary>The few HTTP exchanges beside the socket: JSON in, JSON out.</summary>
internal static class HttpJson
{
    public static async Task<JsonElement> GetJsonAsync(this HttpMessageInvoker http, Uri address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using HttpResponseMessage response = await http.ExchangeAsync(request, cancellation).ConfigureAwait(false);
        return await response.BodyAsync(cancellation).ConfigureAwait(false);
    }

    /// <exception cref="ParleyConnectException">The host cannot be reached, or answers with anything but success.</exception>
    public static async Task<HttpResponseMessage> ExchangeAsync(this HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancellation)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new ParleyConnectException($"{request.RequestUri!.Authority} cannot be reached: {e.InnerException?.Message ?? e.Message}", null, e);
        }
        if (response.IsSuccessStatusCode) return response;
        using (response) throw new ParleyConnectException($"{request.RequestUri!.Authority} answered {(int)response.StatusCode} {response.ReasonPhrase}.", response.StatusCode);
    }

    /// <summary>The body as JSON; undefined when it is empty.</summary>
    public static async Task<JsonElement> BodyAsync(this HttpResponseMessage response, CancellationToken cancellation)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        try
        {
            return body.Length == 0 ? default : JsonElement.Parse(body);
        }
        catch (JsonException e)
        {
            throw new ParleyConnectException($"{response.RequestMessage?.RequestUri?.Authority} did not answer with JSON.", response.StatusCode, e);
        }
    }

    public static ByteArrayContent Content(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        return new ByteArrayContent(buffer.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
