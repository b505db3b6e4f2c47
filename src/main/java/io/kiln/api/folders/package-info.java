/** What is in the folders of the data roots, for those who choose inputs. */
package io.kiln.api.folders;
