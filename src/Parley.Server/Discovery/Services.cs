namespace Parley.Server.Discovery;

/// <summary>The services this server plays (protocol 3.4): all on one address.</summary>
public static class Services
{
    /// <summary>Case-sensitive, each once: clients build a map of them and fail on a repeat.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "asyncMessagingEnt", "asyncMessaging", "facadeMsg", "idp", "sentinel", "agentVep", "swift", "acCdnDomain",
        "accountConfigReadOnly", "accountConfigReadWrite", "msgHist", "leDataReporting", "agentManagerWorkspace",
        "messagingRestApiDomain", "runtimeFormLogic", "rfl", "liveEngageUI", "adminArea", "visitorFeed", "etool", "smt",
        "tokenizer", "secureFormConfig", "coBrowse",
    ];

    internal static ServiceList All(string accountId, string baseUri) => new([.. Names.Select(name => new ServiceEntry(name, accountId, baseUri))]);
}
