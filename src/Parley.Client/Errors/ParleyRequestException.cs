using System.Text.Json;

namespace Parley.Client;

/// <summary>The server answered a request with an error (protocol 7.4, 7.5).</summary>
public sealed class ParleyRequestException : ParleyException
{
    /// <summary>An error from the answer to a request of type <paramref name="requestType"/>.</summary>
    public ParleyRequestException(string requestType, int code, string type, JsonElement body)
        : base($"{requestType} was answered {code}: {Describe(body)}")
    {
        RequestType = requestType;
        Code = code;
        Type = type;
        Details = Describe(body);
        Body = body;
    }

    /// <summary>The type of the request that failed.</summary>
    public string RequestType { get; }

    /// <summary>The code, with the meaning HTTP gives it: 400 malformed, 403 not allowed, 404 unknown, 409 conflict, 429 too many, 503 try again.</summary>
    public int Code { get; }

    /// <summary>The type of the answer, for example <c>.ReqBody$ErrorResp</c>.</summary>
    public string Type { get; }

    /// <summary>The server's words: the text body, or the <c>details</c> or <c>title</c> of an error body.</summary>
    public string Details { get; }

    /// <summary>The body as received.</summary>
    public JsonElement Body { get; }

    private static string Describe(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.String => body.GetString()!,
        JsonValueKind.Object => body.Text("details") ?? body.Text("title") ?? body.GetRawText(),
        JsonValueKind.Undefined => "",
        _ => body.GetRawText(),
    };
}
