using System.Text.Json;

namespace Parley.Server.Tests.Ownership.Support;

/// <summary>A ring as its agent sees it.</summary>
internal sealed record RingSeen(JsonElement Json)
{
    public string Id => Json.GetProperty("ringId").GetString()!;
    public string State => Json.GetProperty("ringState").GetString()!;
    public string ConversationId => Json.GetProperty("convId").GetString()!;
}
