using System.Text.Json;

namespace Parley.Client;

/// <summary>What an agent or bot identifies itself with (protocol 5.1).</summary>
public sealed class AgentCredentials
{
    private AgentCredentials(Action<Utf8JsonWriter>? writeLogin, string? bearer) => (WriteLogin, GivenBearer) = (writeLogin, bearer);

    /// <summary>Writes the members of the login body; null for a given bearer.</summary>
    internal Action<Utf8JsonWriter>? WriteLogin { get; }

    internal string? GivenBearer { get; }

    /// <summary>A user name and password.</summary>
    public static AgentCredentials Password(string userName, string password) => new(login =>
    {
        login.WriteString("username", userName);
        login.WriteString("password", password);
    }, null);

    /// <summary>The four keys of a bot.</summary>
    public static AgentCredentials Keys(string userName, string appKey, string secret, string accessToken, string accessTokenSecret) => new(login =>
    {
        login.WriteString("username", userName);
        login.WriteString("appKey", appKey);
        login.WriteString("secret", secret);
        login.WriteString("accessToken", accessToken);
        login.WriteString("accessTokenSecret", accessTokenSecret);
    }, null);

    /// <summary>A bearer from elsewhere. It cannot be renewed: when it ends, the client gives up.</summary>
    public static AgentCredentials Bearer(string bearer) => new(null, bearer);
}
