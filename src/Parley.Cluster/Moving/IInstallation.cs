using Parley.Journal.Moving;
using Parley.Server.Files;

namespace Parley.Cluster.Moving;

/// <summary>All that is kept for some accounts, in one place, while nobody serves it.</summary>
internal interface IInstallation : IAsyncDisposable
{
    IRows Accounts { get; }

    /// <summary>Which shared files there are.</summary>
    IRows Catalog { get; }

    /// <summary>What is in them.</summary>
    IFileStore Files { get; }

    /// <summary>Makes sure that nobody serves it and that this program can read it; nothing there is changed.</summary>
    /// <exception cref="Server.Identity.RefusedException">Somebody does, or there is nothing.</exception>
    /// <exception cref="IOException">It cannot be read, or another version wrote it.</exception>
    void OpenAsSource();

    /// <summary>Which installation it is and in what state: changes with everything that is committed.</summary>
    /// <exception cref="Server.Identity.RefusedException">Somebody serves it.</exception>
    string State();

    IConversationSource ReadConversations();

    /// <summary>Takes the place for an import; nobody can serve it from now on.</summary>
    /// <param name="state">The state of what comes.</param>
    /// <param name="resume">Goes on with an import that was not finished, if there is one.</param>
    /// <exception cref="Server.Identity.RefusedException">The place is not empty, or what began to come is something else.</exception>
    void Begin(string state, bool resume);

    IConversationTarget WriteConversations();

    /// <summary>All is there: it can be served.</summary>
    void Finish();
}
