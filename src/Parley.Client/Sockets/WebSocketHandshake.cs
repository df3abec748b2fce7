using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Client;

/// <summary>The opening handshake of RFC 6455 over an <see cref="HttpMessageInvoker"/>, which brings TLS trust, proxies and redirects.</summary>
internal static class WebSocketHandshake
{
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <exception cref="ParleyConnectException">The host cannot be reached or refuses the upgrade.</exception>
    public static async Task<(Stream Stream, string? Subprotocol)> PerformAsync(
        Uri address, ParleySocketOptions options, HttpMessageInvoker http, CancellationToken cancellation)
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        using HttpRequestMessage request = Request(address, options, key);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new ParleyConnectException($"{address.Authority} cannot be reached: {e.InnerException?.Message ?? e.Message}", null, e);
        }

        string? subprotocol = Header(response, "Sec-WebSocket-Protocol");
        string? fault = response.StatusCode != HttpStatusCode.SwitchingProtocols ? $"it answered {(int)response.StatusCode} {response.ReasonPhrase}"
            : Header(response, "Sec-WebSocket-Accept") != Accept(key) ? "its handshake answer does not belong to this request"
            : subprotocol is not null && !options.Subprotocols.Contains(subprotocol) ? "it chose a subprotocol that was not offered"
            : null;
        if (fault is not null)
        {
            HttpStatusCode status = response.StatusCode;
            response.Dispose();
            throw new ParleyConnectException($"{address.Authority} did not open a WebSocket: {fault}.", status);
        }
        return (await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), subprotocol);
    }

    private static HttpRequestMessage Request(Uri address, ParleySocketOptions options, string key)
    {
        bool secure = address.Scheme is "wss" or "https";
        var target = new UriBuilder(address) { Scheme = secure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, Port = address.IsDefaultPort ? -1 : address.Port };
        var request = new HttpRequestMessage(HttpMethod.Get, target.Uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", key);
        if (options.Subprotocols.Count > 0) request.Headers.Add("Sec-WebSocket-Protocol", string.Join(", ", options.Subprotocols));
        foreach ((string name, string value) in options.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;

    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
}
