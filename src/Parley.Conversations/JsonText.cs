using System.Text.Json;

namespace Parley.Conversations;

/// <summary>Text as a JSON string.</summary>
internal static class JsonText
{
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
