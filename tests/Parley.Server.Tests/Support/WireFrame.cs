using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Support;

/// <summary>A text message from the server.</summary>
/// <param name="Index">Its place among all of its socket.</param>
/// <param name="Text">As it came.</param>
internal sealed record WireFrame(int Index, string Text)
{
    public JsonNode Json { get; } = JsonNode.Parse(Text)!;

    public string? Kind => (string?)Json["kind"];
    public string? Type => (string?)Json["type"];
    public JsonNode? Body => Json["body"];

    /// <summary>The id of the request that this answers.</summary>
    public string? ReqId => Kind == "resp" ? (string?)Json["reqId"] : null;

    public int Code => (int)Json["code"]!;

    /// <summary>The first change of a notification.</summary>
    public JsonNode? Change => Body?["changes"]?.AsArray().FirstOrDefault();

    public override string ToString() => $"#{Index} {Text}";
}
