using System.Buffers.Text;
using System.Text;

namespace Parley.Client.Tests.Peer;

public static class Tokens
{
    /// <summary>Looks like a consumer's token; the scripted peer verifies nothing.</summary>
    public static string Consumer(string subject = "c-1", string signature = "sig") =>
        $"{Part("""{"alg":"ES256"}""")}.{Part($$"""{"sub":"{{subject}}"}""")}.{signature}";

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(json));
}
