using System.Text.Json;

namespace Parley.Server.Hosting;

/// <summary>How operator commands on this machine find the server of a data folder (<c>server.json</c>, mode 0600).</summary>
/// <param name="ProcessId">The server's process.</param>
/// <param name="Url">Base address of its HTTP listener.</param>
/// <param name="OperatorToken">Random per start; opens <c>/operator</c>.</param>
public sealed record RunningServer(int ProcessId, string Url, string OperatorToken)
{
    public static RunningServer? Read(DataFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(folder.RunningServer), HostingJson.Default.RunningServer);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    internal void Write(DataFolder folder) =>
        DataFolder.Replace(folder.RunningServer, JsonSerializer.Serialize(this, HostingJson.Default.RunningServer), secret: true);
}
