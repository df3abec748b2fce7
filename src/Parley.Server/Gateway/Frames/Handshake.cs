using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Gateway.Frames;

/// <summary>The opening handshake of RFC 6455, 4.2: no subprotocol and no extension is taken.</summary>
internal static class Handshake
{
    /// <summary>The only version of the protocol there is.</summary>
    public const string Version = "13";

    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Checks an upgrade request and sets the headers of its answer.</summary>
    /// <returns>False when it is no valid WebSocket request; the status is then set.</returns>
    public static bool TryPrepare(HttpContext context)
    {
        var request = context.Request.Headers;
        var isUpgrade = HttpMethods.IsGet(context.Request.Method)
            && request.Connection.Any(v => v?.Contains("upgrade", StringComparison.OrdinalIgnoreCase) == true)
            && request.Upgrade.Any(v => string.Equals(v, "websocket", StringComparison.OrdinalIgnoreCase));
        if (!isUpgrade)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "websocket";
            return false;
        }

        var key = request.SecWebSocketKey.ToString();
        if (request.SecWebSocketVersion != Version || !IsKey(key))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.Headers.SecWebSocketVersion = Version;
            return false;
        }

        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = Accept(key);
        return true;
    }

    /// <summary>Whether it is the base64 form of 16 bytes.</summary>
    public static bool IsKey(string key)
    {
        Span<byte> nonce = stackalloc byte[32];
        return Convert.TryFromBase64String(key, nonce, out var written) && written == 16;
    }

    /// <summary>What proves that the server has understood. SHA-1 is what the RFC prescribes here; it protects nothing.</summary>
    public static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));
}
