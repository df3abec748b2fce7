using System.Text.Json;

namespace Parley.Conversations;

/// <summary>What a client says it can do (protocol 6.5).</summary>
public static class ClientFeatures
{
    /// <summary>The client can follow several dialogs: only then a survey has a dialog of its own.</summary>
    public const string MultiDialog = "MULTI_DIALOG";

    /// <summary>Whether the raw client properties name the feature.</summary>
    public static bool Has(string? clientProperties, string feature)
    {
        if (clientProperties is null) return false;
        using var document = JsonDocument.Parse(clientProperties);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("features", out var features)
            && features.ValueKind == JsonValueKind.Array
            && features.EnumerateArray().Any(f => f.ValueKind == JsonValueKind.String && f.ValueEquals(feature));
    }
}
