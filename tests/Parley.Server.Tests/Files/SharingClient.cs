using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Files;

/// <summary>What clients do to share a file (protocol ch. 11).</summary>
internal static class SharingClient
{
    public const string Upload = "ms.GenerateURLForUploadFile";
    public const string Download = "ms.GenerateURLForDownloadFile";

    private static readonly byte[] PngBeginning = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>A picture of so many bytes.</summary>
    public static byte[] Png(int size = 1000)
    {
        var content = new byte[size];
        Random.Shared.NextBytes(content);
        PngBeginning.CopyTo(content, 0);
        return content;
    }

    /// <summary>Asks for an address to upload to; the answer's body.</summary>
    public static async Task<JsonNode> AnnounceAsync(this WireClient client, int size = 1000, string type = "PNG") =>
        (await client.DoAsync(Upload, $$"""{"fileSize":{{size}},"fileType":"{{type}}"}""")).Body!;

    /// <summary>Uploads a file; its relativePath.</summary>
    public static async Task<string> UploadAsync(this WireClient client, HttpClient http, byte[]? content = null, string type = "PNG")
    {
        content ??= Png();
        var address = await client.AnnounceAsync(content.Length, type);
        using var answer = await http.PutAsync(UrlOf(address), new ByteArrayContent(content));
        Assert.Equal(201, (int)answer.StatusCode);
        return PathOf(address);
    }

    /// <summary>Asks for an address to read from.</summary>
    public static Task<WireFrame> AskForAsync(this WireClient client, string relativePath) =>
        client.RequestAsync(Download, $$"""{"relativePath":{{JsonSerializer.Serialize(relativePath)}}}""");

    /// <summary>Asks for an address, which must be given, and reads the file.</summary>
    public static async Task<byte[]> ReadAsync(this WireClient client, HttpClient http, string relativePath)
    {
        var answer = await client.AskForAsync(relativePath);
        Assert.Equal(200, answer.Code);
        return await http.GetByteArrayAsync(UrlOf(answer.Body!));
    }

    public static string ShareBody(string dialogId, string relativePath, string members = "") =>
        $$$"""{"dialogId":"{{{dialogId}}}"{{{members}}},"event":{"type":"ContentEvent","contentType":"hosted/file","message":{"caption":"A picture","relativePath":"{{{relativePath}}}","fileType":"PNG","preview":"data:image/png;base64,AAAA"}} }""";

    public static Task<WireFrame> ShareAsync(this WireClient client, string dialogId, string relativePath, string members = "") =>
        client.RequestAsync("ms.PublishEvent", ShareBody(dialogId, relativePath, members));

    public static string PathOf(JsonNode address) => (string)address["relativePath"]!;

    public static string UrlOf(JsonNode address) =>
        $"{PathOf(address)}?temp_url_sig={(string)address["queryParams"]!["temp_url_sig"]!}&temp_url_expires={(string)address["queryParams"]!["temp_url_expires"]!}";
}
